with lots as (

    select
        origin_code,
        count(*) as lot_count,
        round(avg(cost_per_kg), 2) as average_cost_per_kg
    from {{ ref('stg_roasting__green_lots') }}
    group by origin_code

)

select
    origins.origin_code,
    origins.origin_name,
    origins.country_name,
    origins.altitude_masl,
    origins.process,
    coalesce(lots.lot_count, 0) as lot_count,
    lots.average_cost_per_kg
from {{ ref('bean_origins') }} as origins
left join lots
    on origins.origin_code = lots.origin_code
