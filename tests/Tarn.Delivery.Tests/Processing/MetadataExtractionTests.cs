using System.Text;
using Tarn.Delivery.Prefixes;
using Tarn.Delivery.Processing;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Delivery.Tests.Processing;

public sealed class MetadataExtractionTests
{
    private const string Query =
        """{customer_id: .customer_id, device: .type.device, year: .event_timestamp | strftime("%Y"), ok: .ok}""";

    [Fact]
    public async Task Run_FirehosesOwnExample_FindsTheKeys()
    {
        var output = await RunAsync(Query, """
            {"type":{"device":"mobile","event":"click"},"customer_id":1234567890123456789,
             "event_timestamp":1565382027,"ok":true}
            """);

        var keys = Assert.Single(output.Records).QueryKeys!;
        Assert.Empty(output.Failed);
        Assert.Equal("1234567890123456789", keys["customer_id"]);
        Assert.Equal(("mobile", "2019", "true"), (keys["device"], keys["year"], keys["ok"]));
    }

    [Theory]
    [InlineData("{a: .a}", "hello", "Non JSON record provided")]
    [InlineData("{a: .a}", "{\"a\":1}{\"a\":2}", "Non JSON record provided")]
    [InlineData("{a: .a}", "{\"a\":null}", "partitionKeys values must not be null or empty")]
    [InlineData("{a: .a}", "{}", "partitionKeys values must not be null or empty")]
    [InlineData("{a: .a}", "{\"a\":\"\"}", "partitionKeys values must not be null or empty")]
    [InlineData("{a: .a}", "{\"a\":[1]}", "partition key 'a' is array, not string, number or boolean")]
    [InlineData("{a: .a.b}", "{\"a\":\"x\"}", "cannot index string with string \"b\"")]
    [InlineData("{a: .a[]}", "{\"a\":[1,2]}", "the query gives more than one value")]
    [InlineData("{a: .a[]}", "{\"a\":[]}", "the query gives no value")]
    [InlineData("{a: (\"x\" * .n)}", "{\"n\":100000000}", "characters and members")]
    public async Task Run_RecordWithoutKeys_FailsInFirehosesWords(string query, string record, string message)
    {
        var output = await RunAsync(query, "{\"a\":{\"b\":\"x\"},\"n\":2}", record);

        var failed = Assert.Single(output.Failed, item => Encoding.UTF8.GetString(item.Record.Data.Span) == record);
        Assert.Equal("metadata-extraction-failed", failed.ErrorType);
        Assert.Equal("DynamicPartitioning.MetadataExtractionFailed", failed.Code);
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
        Assert.Equal(2, output.Records.Count + output.Failed.Count);
    }

    [Theory]
    [InlineData("{a: .a}", "!{partitionKeyFromQuery:a}/", null)]
    [InlineData("{a: .a, b: .b}", "!{partitionKeyFromQuery:b}/!{partitionKeyFromQuery:a}/", null)]
    [InlineData(null, "!{timestamp:yyyy}/", null)]
    [InlineData(null, "!{partitionKeyFromLambda:a}/", null)]
    [InlineData(null, "!{partitionKeyFromQuery:a}/", "no query finds it")]
    [InlineData("{a: .a}", "!{partitionKeyFromQuery:b}/", "'b', which the query does not give")]
    [InlineData("{a: .a, b: .b}", "!{partitionKeyFromQuery:a}/", "the key 'b', which prefix")]
    [InlineData(".", "!{partitionKeyFromQuery:a}/", "does not say which keys")]
    [InlineData("{a: now}", "!{partitionKeyFromQuery:a}/", "'now' is not supported")]
    public void Check_QueryAndPrefix_MustNameTheSameKeys(string? query, string prefix, string? expected)
    {
        var step = query is null ? null : new MetadataStep { Query = query };
        var expression = PrefixExpression.Parse(prefix, PrefixKind.Data, "Prefix");

        var error = Record.Exception(() => MetadataExtraction.Check(step, expression)) as TarnException;

        Assert.Equal(expected is null, error is null);
        Assert.Contains(expected ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    private static async Task<FlowOutput> RunAsync(string query, params string[] records)
    {
        var output = new FlowOutput();
        var input = records.Select((record, index) => new FlowRecord(
            Encoding.UTF8.GetBytes(record),
            DateTimeOffset.UnixEpoch,
            new SequenceNumber((ulong)index),
            SubSequence: 0,
            ReadOnlyMemory<byte>.Empty,
            QueryKeys: null,
            LambdaKeys: null));

        var flow = new MetadataExtraction(new MetadataStep { Query = query });
        await flow.RunAsync([.. input], output, CancellationToken.None);
        return output;
    }
}
