SELECT q."RequestId", q."AccountNo", line.value:sku::string AS sku, line.value:bags::int AS bags
FROM RAW.PORTAL."OrderRequests" AS q,
     LATERAL FLATTEN(input => PARSE_JSON(q."State"):lines) AS line
WHERE q."WantedOn" >>= DATEADD('day', -30, CURRENT_DATE())
