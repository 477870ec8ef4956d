{{ config(materialized='ephemeral') }}

with batches as (

    select * from {{ ref('stg_roasting__batches') }}

),

lots as (

    select * from {{ ref('stg_roasting__green_lots') }}

)

select
    batches.*,
    lots.origin_code,
    round(batches.green_kg * lots.cost_per_kg, 2) as green_cost,
    round(100 * (1 - batches.roasted_kg / batches.green_kg), 1) as loss_pct,
    round(batches.green_kg * lots.cost_per_kg / batches.roasted_kg, 4)
        as cost_per_roasted_kg
from batches
inner join lots
    on batches.lot_id = lots.lot_id
