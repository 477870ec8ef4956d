-- Read the shop's old nightly dump. Switched off with the dump, kept until the
-- last spreadsheet that names it is gone.
select *
from {{ ref('stg_shop__orders') }}
where ordered_on < date '2020-01-01'
