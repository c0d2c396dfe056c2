using System.Text.Json;
using Tarn.ContinuousQueries.Alerts;
using Tarn.ContinuousQueries.Definitions;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Definitions as versions before options, watermarks and formats stored them.</summary>
public sealed class DefinitionJsonTests
{
    [Fact]
    public void Source_OfTheFirstVersion_HasDefaults()
    {
        var source = JsonSerializer.Deserialize(
            """{"name":"s","columns":[{"name":"a","type":"BIGINT"}],"stream":"x","sql":"CREATE","text":"s"}""",
            DefinitionJson.Default.SourceSpec)!;

        Assert.Equal(
            (SourceFormat.Json, null, new SourceOptions()), (source.Format, source.Watermark, source.Options));
    }

    [Fact]
    public void View_OfTheFirstVersion_HasDefaults()
    {
        var view = JsonSerializer.Deserialize(
            """
            {"id":"1","name":"v","database":"default","source":"s","select":"SELECT 1","sql":"CREATE","text":"t",
             "columns":[],"streamId":"x","start":{"shardId-000000000000":7}}
            """,
            DefinitionJson.Default.ViewSpec)!;

        Assert.Equal((false, false, new ViewOptions()), (view.IsPaused, view.EmitsOnClose, view.Options));
    }

    [Fact]
    public void Alert_OfTheFirstVersion_IsRead()
    {
        var alert = JsonSerializer.Deserialize(
            """
            {"id":"1","name":"a","database":"default","view":"v","condition":"n > 1","forMilliseconds":60000,
             "targets":[{"isStream":false,"name":"ops"},{"isStream":true,"name":"s"}],"text":"t",
             "options":{"repeatMilliseconds":5000}}
            """,
            DefinitionJson.Default.AlertSpec)!;
        var row = JsonSerializer.Deserialize(
            """
            {"key":"{\"user_id\":1}","row":"{\"n\":2}","since":"2026-11-24T02:00:00+00:00",
             "firesSince":"2026-11-24T02:01:00+00:00","saidAt":null}
            """,
            DefinitionJson.Default.AlertRow)!;
        var notice = JsonSerializer.Deserialize(
            """{"number":7,"target":"webhook 'ops'","eventId":"alert_1","body":"{}"}""",
            DefinitionJson.Default.AlertNotice)!;

        Assert.Equal(
            "CREATE ALERT a ON default.v\nWHEN n > 1\nFOR INTERVAL '1 minute'\nNOTIFY ops, STREAM 's' "
                + "WITH (repeat_interval = '5 seconds')",
            alert.Print());
        Assert.Equal(
            ("{\"user_id\":1}", "{\"n\":2}", 1, true),
            (row.Key, row.Row, (row.FiresSince! - row.Since).Value.Minutes, row.Fires));
        Assert.Equal(new AlertNotice(7, alert.Targets[0].ToString(), "alert_1", "{}"), notice);
    }

    [Fact]
    public void Source_WrittenAndRead_IsTheSame()
    {
        var options = new SourceOptions { IdleTimeoutMilliseconds = 5, Late = LatePolicy.Drop, Delimiter = ';' };
        var source = new SourceSpec("s", [], "x", "CREATE", "s")
        {
            Format = SourceFormat.Csv, Watermark = new WatermarkSpec("ts", 3), Options = options,
        };

        var again = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(source, DefinitionJson.Default.SourceSpec), DefinitionJson.Default.SourceSpec)!;

        Assert.Equal(
            (source.Format, source.Watermark, source.Options), (again.Format, again.Watermark, again.Options));
    }
}
