with orders as (

    select * from {{ ref('stg_shop__orders') }}

),

items as (

    select
        order_id,
        count(*) as item_count,
        sum(gross_amount) as gross_amount,
        sum(sold_kg) as sold_kg
    from {{ ref('int_order_items_priced') }}
    group by order_id

),

countries as (

    select * from {{ ref('countries') }}

)

select
    orders.order_id,
    orders.customer_id,
    orders.order_status,
    orders.ordered_at,
    orders.ordered_on,
    orders.country_code,
    countries.currency_code,
    countries.sales_region,
    items.item_count,
    items.sold_kg,
    items.gross_amount,
    orders.discount_amount,
    orders.shipping_amount,
    items.gross_amount - orders.discount_amount as net_amount,
    round((items.gross_amount - orders.discount_amount) * countries.vat_rate, 2)
        as vat_amount
from orders
inner join items
    on orders.order_id = items.order_id
left join countries
    on orders.country_code = countries.country_code
