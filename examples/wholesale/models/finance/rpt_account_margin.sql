select
    accounts.account_no,
    regions.region_name,
    balances.shipped_amount,
    balances.credited_amount,
    balances.shipped_amount - balances.credited_amount as kept_amount
from {{ ref('int_account_balances') }} as balances
inner join {{ ref('dim_accounts') }} as accounts
    on balances.account_no = accounts.account_no
left join {{ ref('dim_regions') }} as regions
    on accounts.region_code = regions.region_code
