with items as (

    select * from {{ ref('stg_shop__order_items') }}

),

products as (

    select * from {{ ref('stg_shop__products') }}

)

select
    items.order_item_id,
    items.order_id,
    items.product_id,
    products.category,
    items.quantity,
    items.unit_price,
    products.list_price,
    items.quantity * items.unit_price as gross_amount,
    items.quantity * (products.list_price - items.unit_price) as markdown_amount,
    round(items.quantity * products.bag_grams / 1000.0, 3) as sold_kg
from items
inner join products
    on items.product_id = products.product_id
