using System.Text;
using System.Text.Json;
using Tarn.Commands.Streams;

namespace Tarn.Tests.Commands.Streams;

/// <summary>Lines of a tail, whatever is in the records.</summary>
public sealed class TailPrinterTests
{
    [Theory]
    [InlineData("""{"user":"ann","score":42,"won":true,"by":null,"at":[1,2]}""",
        """{"user": "ann", "score": 42, "won": true, "by": null, "at": [1, 2]}""")]
    [InlineData("""{"name":"Zoë"}""", """{"name": "Zoë"}""")]
    [InlineData("plain text", "plain text")]
    [InlineData("two\nlines \u001b[2J", "two\\u000alines \\u001b[2J")]
    [InlineData("""{"a":"\u001b[2J\u009b"}""", """{"a": "\u001B[2J\u009B"}""")]
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ud800"}""")]
    [InlineData("", "")]
    public void Print_OfAPayload_IsOneSafeLine(string payload, string shown) =>
        Assert.Equal($"09:30:00.250  shard 12  ann  {shown}", Print(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Print_OfBytesThatAreNoText_IsBase64() =>
        Assert.Equal("09:30:00.250  shard 12  ann  3 bytes, base64 //79", Print([0xff, 0xfe, 0xfd]));

    [Fact]
    public void Print_InColour_SaysTheSame()
    {
        var line = Print("""{"a":"b","c":[1,false]}"""u8.ToArray(), hasColour: true);

        Assert.Contains("\u001b[36m\"a\"\u001b[0m: \u001b[32m\"b\"\u001b[0m", line, StringComparison.Ordinal);
        Assert.Equal(
            """09:30:00.250  shard 12  ann  {"a": "b", "c": [1, false]}""",
            System.Text.RegularExpressions.Regex.Replace(line, "\u001b\\[[0-9]+m", ""));
    }

    private static string Print(byte[] data, bool hasColour = false)
    {
        var record = JsonSerializer.SerializeToElement(new
        {
            shard_id = "shardId-000000000012",
            arrived_at = "2026-11-23T08:30:00.25+00:00",
            partition_key = "ann",
            data,
        });
        var output = new StringWriter { NewLine = "" };
        new TailPrinter(output, hasColour, TimeZoneInfo.CreateCustomTimeZone("t", TimeSpan.FromHours(1), "t", "t"))
            .Print(record);
        return output.ToString();
    }
}
