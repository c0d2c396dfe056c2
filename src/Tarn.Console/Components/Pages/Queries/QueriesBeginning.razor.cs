namespace Tarn.Console.Components.Pages.Queries;

/// <summary>What to write when there is no source and no view.</summary>
public sealed partial class QueriesBeginning
{
    private const string Source =
        """
        CREATE SOURCE clicks (user_id VARCHAR, page VARCHAR, ts TIMESTAMPTZ,
          WATERMARK FOR ts AS ts - INTERVAL '5 seconds')
        FROM STREAM 'clicks' FORMAT JSON
        """;

    private const string View =
        """
        CREATE MATERIALIZED VIEW per_minute AS
        SELECT window_start, page, count(*) AS n
        FROM TUMBLE(clicks, ts, INTERVAL '1 minute') GROUP BY ALL
        """;
}
