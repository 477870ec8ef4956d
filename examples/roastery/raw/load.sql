-- Fills the raw schemas: small, invented, and the same on every run but for the
-- day it hangs on, which is now. So source freshness always comes out alike:
-- tills synced too long ago (warn), the web collector silent (error), rest fine.

\set ON_ERROR_STOP on

drop schema if exists raw_shop, raw_pos, raw_roasting, raw_web cascade;
create schema raw_shop;
create schema raw_pos;
create schema raw_roasting;
create schema raw_web;

-- A number from 0 to m - 1 that looks random and never changes.
create function pg_temp.pick(n int, salt text, m int) returns int
language sql immutable as $$
    select ('x' || substr(md5(salt || n), 1, 7))::bit(28)::int % m
$$;

create temp view clock as select date_trunc('minute', now()) as ts;

create table raw_shop.customers as
select
    n as customer_id,
    (array['Berlin', 'Vienna', 'Basel', 'Utrecht', 'Lyon', 'Leeds', 'Malmo', 'Aarhus'])[c + 1] as city,
    (array['DE', 'AT', 'CH', 'NL', 'FR', 'GB', 'SE', 'DK'])[c + 1] as country_code,
    (array['Search', 'Friend', 'Store', 'Newsletter'])[1 + pg_temp.pick(n, 'chan', 4)] as signup_channel,
    pg_temp.pick(n, 'opt', 3) > 0 as marketing_opt_in,
    ts - interval '380 days' - (160 - n) * interval '62 hours' as created_at,
    ts - (160 - n) * interval '31 hours' - interval '3 hours' as updated_at
from clock, generate_series(1, 160) as n, lateral (select pg_temp.pick(n, 'city', 8) as c) as pick;

create table raw_shop.products as
select
    n as product_id,
    'BEAN-' || lpad(n::text, 3, '0') as sku,
    (array['Yirgacheffe', 'Guji', 'Nyeri', 'Huila', 'Cerrado', 'Antigua', 'Gayo'])[1 + n % 7]
    || ' ' || (array['250 g', '500 g', '1 kg'])[1 + n % 3] as product_name,
    (array['single origin', 'espresso', 'filter'])[1 + pg_temp.pick(n, 'cat', 3)] as category,
    (array['ETH-YIR', 'ETH-GUJ', 'KEN-NYE', 'COL-HUI', 'BRA-CER', 'GUA-ANT', 'SUM-GAY'])[1 + n % 7] as origin_code,
    (array['FIL-L', 'FIL-M', 'ESP-M', 'ESP-D', 'OMNI'])[1 + pg_temp.pick(n, 'prof', 5)] as profile_code,
    (array[250, 500, 1000])[1 + n % 3] as bag_grams,
    (array[990, 1790, 3290])[1 + n % 3] + 10 * pg_temp.pick(n, 'price', 30) as list_price_cents,
    n <> 13 as active,
    ts - interval '2 days' - n * interval '5 days' as updated_at
from clock, generate_series(1, 24) as n;

create table raw_shop.orders as
select
    n as order_id,
    customer_id,
    case
        when n > 412 then 'placed'
        else (array['delivered', 'delivered', 'delivered', 'shipped', 'returned', 'cancelled'])[1 + pg_temp.pick(n, 'status', 6)]
    end as status,
    country_code,
    (array[0, 0, 0, 200, 500])[1 + pg_temp.pick(n, 'disc', 5)] as discount_cents,
    (array[0, 390, 590])[1 + pg_temp.pick(n, 'ship', 3)] as shipping_cents,
    ordered_at,
    ordered_at + interval '30 minutes' as updated_at
from clock,
    generate_series(1, 420) as n,
    lateral (
        select
            ts - (420 - n) * interval '21 hours'
            - pg_temp.pick(n, 'time', 300) * interval '1 minute' - interval '1 hour' as ordered_at
    ) as moment
inner join raw_shop.customers on true
where customer_id = 1 + pg_temp.pick(n, 'who', 160);

create table raw_shop.order_items as
select
    row_number() over (order by order_id, line)::int as order_item_id,
    order_id,
    product_id,
    1 + pg_temp.pick(order_id * 10 + line, 'qty', 3) as quantity,
    case when pg_temp.pick(order_id * 10 + line, 'off', 4) = 0
        then list_price_cents * 9 / 10 else list_price_cents end as unit_price_cents,
    orders.updated_at
from raw_shop.orders
cross join generate_series(1, 3) as line
inner join raw_shop.products
    on product_id = 1 + pg_temp.pick(order_id * 10 + line, 'item', 24)
where line <= 1 + pg_temp.pick(order_id, 'lines', 3);

create table raw_shop.subscriptions as
select
    n as subscription_id,
    1 + pg_temp.pick(n, 'sub', 160) as customer_id,
    1 + pg_temp.pick(n, 'subprod', 24) as product_id,
    (array[2, 4, 6])[1 + pg_temp.pick(n, 'cadence', 3)] as cadence_weeks,
    case when gone then 'cancelled' when pg_temp.pick(n, 'pause', 7) = 0 then 'paused' else 'active' end as status,
    started_at,
    case when gone then started_at + interval '60 days' + n * interval '1 hour' end as cancelled_at,
    ts - interval '2 hours' - (70 - n) * interval '9 hours' as updated_at
from clock,
    generate_series(1, 70) as n,
    lateral (select ts - (75 - n) * interval '5 days' as started_at) as start,
    lateral (select n < 55 and pg_temp.pick(n, 'gone', 4) = 0 as gone) as state;

-- Till 2 in Vienna forgets how people paid: the test that warns.
create table raw_pos.tickets as
select
    n as ticket_id,
    (array['HAM-01', 'AMS-01', 'VIE-01'])[1 + n % 3] as store_code,
    1 + pg_temp.pick(n, 'till', 2) as till,
    case
        when n % 3 = 2 and pg_temp.pick(n, 'till', 2) = 1 and n % 4 = 0 then null
        else (array['card', 'card', 'cash', 'voucher'])[1 + pg_temp.pick(n, 'pay', 4)]
    end as payment_method,
    opened_at,
    opened_at + interval '3 minutes' as closed_at,
    opened_at + interval '10 minutes' as synced_at
from clock,
    generate_series(1, 360) as n,
    lateral (select ts - interval '8 hours' - (360 - n) * interval '7 hours' as opened_at) as moment;

create table raw_pos.ticket_lines as
select
    row_number() over (order by ticket_id, line)::int as ticket_line_id,
    ticket_id,
    case when beans then 'beans' else 'drink' end as line_kind,
    case when beans then 1 + pg_temp.pick(ticket_id, 'bag', 24) end as product_id,
    1 + pg_temp.pick(ticket_id + line, 'cups', 2) as quantity,
    case when beans then 1190 else 280 + 20 * pg_temp.pick(ticket_id + line, 'cup', 8) end as unit_price_cents,
    synced_at
from raw_pos.tickets
cross join generate_series(1, 3) as line,
    lateral (select line = 2 and pg_temp.pick(ticket_id, 'beans', 3) = 0 as beans) as kind
where line <= 1 + pg_temp.pick(ticket_id, 'ticketlines', 3);

create table raw_roasting.green_lots as
select
    n as lot_id,
    (array['ETH-YIR', 'ETH-GUJ', 'KEN-NYE', 'COL-HUI', 'BRA-CER', 'GUA-ANT', 'SUM-GAY'])[1 + n % 7] as origin_code,
    'SUP-' || (100 + pg_temp.pick(n, 'supplier', 12)) as supplier_ref,
    120 + 30 * pg_temp.pick(n, 'sacks', 5) as received_kg,
    520 + 10 * pg_temp.pick(n, 'cost', 60) as cost_cents_per_kg,
    round(10 + pg_temp.pick(n, 'moist', 25) / 10.0, 1) as moisture_pct,
    ts - (400 - n * 13) * interval '1 day' as received_at,
    ts - interval '20 hours' - (28 - n) * interval '13 days' as loaded_at
from clock, generate_series(1, 28) as n;

-- Batches 61 and 118 taste too poor to sell: the test that fails.
create table raw_roasting.batches as
select
    n as batch_id,
    lot_id,
    product_id,
    profile_code,
    'drum-' || (1 + n % 2) as machine,
    green_kg,
    round(green_kg * (0.87 - pg_temp.pick(n, 'loss', 40) / 1000.0), 2) as roasted_kg,
    case when n in (61, 118) then 73.5 else round(78 + pg_temp.pick(n, 'cup', 22) / 2.0, 1) end as cupping_score,
    roasted_at,
    roasted_at + interval '1 hour' as loaded_at
from clock,
    generate_series(1, 150) as n,
    lateral (
        select
            10.0 + pg_temp.pick(n, 'green', 5) as green_kg,
            ts - interval '6 hours' - (150 - n) * interval '19 hours' as roasted_at
    ) as roast
inner join raw_shop.products on true
inner join raw_roasting.green_lots using (origin_code)
where
    product_id = 1 + pg_temp.pick(n, 'roastprod', 24)
    and lot_id = 1 + (product_id + 6) % 7 + 7 * pg_temp.pick(n, 'round', 3);

-- Buyers' visits end in an order, the others stop somewhere. Nothing has
-- arrived for three days.
create table raw_web.pv_events as
with visits as (
    select
        'v-' || customer_id as visitor_id,
        customer_id,
        ordered_at - interval '12 minutes' as started_at,
        5 as steps,
        order_id as seed
    from raw_shop.orders
    where order_id > 300 and order_id % 2 = 0
    union all
    select
        'a-' || n,
        null,
        ts - interval '3 days' - n * interval '17 hours',
        1 + pg_temp.pick(n, 'steps', 4),
        n
    from clock, generate_series(1, 120) as n
)
select
    row_number() over (order by started_at, visitor_id, step)::int as event_id,
    visitor_id,
    customer_id,
    (array['/', '/shop', '/shop/bean', '/basket', '/thank-you'])[step] as path,
    (array[null, 'newsletter', 'search', 'social'])[1 + pg_temp.pick(seed, 'utm', 4)] as utm_source,
    (array[null, 'spring', 'advent'])[1 + pg_temp.pick(seed, 'camp', 3)] as utm_campaign,
    (array['phone', 'desktop', 'tablet'])[1 + pg_temp.pick(seed, 'device', 3)] as device,
    started_at + step * interval '2 minutes' as collector_tstamp
from clock, visits, generate_series(1, steps) as step
where started_at < ts - interval '3 days';
