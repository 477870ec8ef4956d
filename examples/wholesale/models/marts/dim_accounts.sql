select
    accounts.account_no,
    accounts.account_kind,
    accounts.city,
    accounts.region_code,
    accounts.payment_days,
    accounts.credit_limit,
    coalesce(requests.request_count, 0) as request_count
from {{ ref('stg_erp__accounts') }} as accounts
left join {{ ref('int_account_requests') }} as requests
    on accounts.account_no = requests.account_no
