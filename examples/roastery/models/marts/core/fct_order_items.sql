{{
    config(
        materialized='incremental',
        unique_key='order_item_id',
        incremental_strategy='delete+insert'
    )
}}

select
    items.order_item_id,
    items.order_id,
    orders.ordered_on,
    items.product_id,
    items.category,
    items.quantity,
    items.unit_price,
    items.gross_amount,
    items.markdown_amount,
    items.sold_kg
from {{ ref('int_order_items_priced') }} as items
inner join {{ ref('int_orders_enriched') }} as orders
    on items.order_id = orders.order_id

{% if is_incremental() %}
where orders.ordered_on >= (select max(ordered_on) - 7 from {{ this }})
{% endif %}
