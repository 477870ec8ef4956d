select
    account_no,
    account_kind,
    city,
    region_code,
    payment_days,
    credit_limit
from {{ source('erp', 'accounts') }}
