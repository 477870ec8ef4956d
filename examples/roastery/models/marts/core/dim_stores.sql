select
    store_code,
    store_name,
    city,
    country_code,
    min(opened_on)::date as opened_on,
    sum(target_amount) as yearly_target_amount
from {{ ref('store_targets') }}
group by store_code, store_name, city, country_code
