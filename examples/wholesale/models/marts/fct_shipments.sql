{{ config(materialized='incremental', unique_key='shipment_no', cluster_by=['shipped_on']) }}

select
    shipments.shipment_no,
    shipments.account_no,
    accounts.region_code,
    shipments.article_no,
    shipments.shipped_on,
    shipments.kg,
    shipments.list_amount,
    shipments.net_amount
from {{ ref('int_shipments_priced') }} as shipments
inner join {{ ref('dim_accounts') }} as accounts
    on shipments.account_no = accounts.account_no

{% if is_incremental() %}
where shipments.shipped_on >= (select max(shipped_on) - 3 from {{ this }})
{% endif %}
