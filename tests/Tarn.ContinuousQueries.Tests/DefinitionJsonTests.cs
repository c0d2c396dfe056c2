using System.Text.Json;
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
