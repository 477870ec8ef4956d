select
    region_code,
    region_name,
    sales_desk
from {{ ref('regions') }}
