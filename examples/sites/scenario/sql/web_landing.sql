SELECT event_date, device.category AS device,
  (SELECT value.string_value FROM UNNEST(event_params) WHERE key = "page_location") AS landing_page,
  COUNT(DISTINCT user_pseudo_id) AS visitors
FROM `roastery-web.analytics_311.events_*`
WHERE _TABLE_SUFFIX >>= FORMAT_DATE('%Y%m%d', DATE_SUB(CURRENT_DATE(), INTERVAL 28 DAY))
  AND event_name = "session_start"
GROUP BY 1, 2, 3
