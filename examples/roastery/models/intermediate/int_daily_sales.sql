with web as (

    select
        ordered_on as sold_on,
        'web' as channel,
        country_code,
        currency_code,
        count(*) as sales_count,
        sum(net_amount) as net_amount
    from {{ ref('int_orders_enriched') }}
    where order_status <> 'cancelled'
    group by ordered_on, country_code, currency_code

),

tills as (

    select
        tickets.sold_on,
        'store' as channel,
        stores.country_code,
        countries.currency_code,
        count(distinct tickets.ticket_id) as sales_count,
        sum(tickets.net_amount) as net_amount
    from {{ ref('int_ticket_sales') }} as tickets
    inner join {{ ref('dim_stores') }} as stores
        on tickets.store_code = stores.store_code
    inner join {{ ref('countries') }} as countries
        on stores.country_code = countries.country_code
    group by tickets.sold_on, stores.country_code, countries.currency_code

)

select * from web
union all
select * from tills
