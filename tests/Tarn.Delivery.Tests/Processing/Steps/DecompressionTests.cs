using System.Text;
using Tarn.Delivery.Processing.Steps;
using Tarn.Formats.Compression;
using static Tarn.Delivery.Tests.Processing.FlowScene;

namespace Tarn.Delivery.Tests.Processing.Steps;

public sealed class DecompressionTests
{
    private static readonly RecordStep[] Logs = [new DecompressStep(), new CloudWatchLogsStep()];

    [Fact]
    public async Task Run_GzipRecords_AreUnpacked()
    {
        byte[] twoMembers = [.. Gzip("{\"a\":1}\n"), .. Gzip("{\"a\":2}\n")];

        var output = await new FlowScene().RunAsync(
            [new DecompressStep()], Record(1, Gzip("")), Record(2, twoMembers));

        Assert.Equal([(1ul, 0, ""), (2ul, 0, "{\"a\":1}\n{\"a\":2}\n")], Places(output));
        Assert.Empty(output.Failed);
    }

    [Fact]
    public async Task Run_NotGzipCutShortOrABomb_Fails()
    {
        var bomb = CompressionCodec.Compress(new byte[Decompression.RecordBytesMax + 1], CompressionFormat.Gzip);
        var full = CompressionCodec.Compress(new byte[Decompression.RecordBytesMax], CompressionFormat.Gzip);

        var output = await new FlowScene().RunAsync(
            [new DecompressStep()],
            Record(1, "{\"a\":1}"),
            Record(2, Gzip("hello")[..^3]),
            Record(3, bomb),
            Record(4, full));

        Assert.Equal(
            [
                (1ul, "decompression-failed", "Decompression failed."),
                (2ul, "decompression-failed", "Decompression failed."),
                (3ul, "decompression-failed", "Decompression failed."),
            ],
            Failures(output));
        Assert.Equal(
            $"gzip data unpacks to more than {Decompression.RecordBytesMax} bytes", output.Failed[2].Message);
        Assert.Equal(bomb, output.Failed[2].Record.Data.ToArray());
        Assert.Equal(Decompression.RecordBytesMax, Assert.Single(output.Records).Data.Length);
    }

    [Fact]
    public async Task Run_LogRecords_AreTheirMessagesALineEach()
    {
        const string Data = """
            {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"g","logStream":"s",
             "subscriptionFilters":["f"],"logEvents":[
             {"id":"1","timestamp":1432826855000,"message":"first \u00e9 \"x\""},
             {"id":"2","timestamp":1432826855001,"message":""},
             {"id":"3","timestamp":1432826855002,"message":"two\nlines"}]}
            """;
        const string Control = """
            {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logEvents":[
             {"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination Firehose."}]}
            """;

        var output = await new FlowScene().RunAsync(Logs, Record(1, Gzip(Control)), Record(2, Gzip(Data)));

        Assert.Equal([(2ul, 0, "first é \"x\"\n\ntwo\nlines\n")], Places(output));
        Assert.Empty(output.Failed);
    }

    [Theory]
    [InlineData("{\"a\":1}", "the decompressed record is not a subscription record of CloudWatch Logs")]
    [InlineData("[]", "the decompressed record is not a subscription record of CloudWatch Logs")]
    [InlineData(
        """{"messageType":"DATA_MESSAGE","logEvents":[{"message":1}]}""",
        "the decompressed record is not a subscription record of CloudWatch Logs")]
    [InlineData(
        """{"messageType":"OTHER","logEvents":[]}""",
        "the decompressed record is not a subscription record of CloudWatch Logs")]
    [InlineData("not json", "the decompressed record is not JSON")]
    [InlineData(
        """{"messageType":"DATA_MESSAGE","logEvents":[{"message":"\ud800"}]}""",
        "the decompressed record holds text that is not Unicode")]
    public async Task Run_OtherThanLogRecords_FailsWithTheCompressedBytes(string text, string message)
    {
        var output = await new FlowScene().RunAsync(Logs, Record(1, Gzip(text)));

        Assert.Equal([(1ul, "decompression-failed", "Decompression failed.")], Failures(output));
        Assert.Equal((message, 1), (output.Failed[0].Message, output.Failed[0].Attempts));
        Assert.Equal(Gzip(text), output.Failed[0].Record.Data.ToArray());
    }

    private static byte[] Gzip(string text) =>
        CompressionCodec.Compress(Encoding.UTF8.GetBytes(text), CompressionFormat.Gzip);
}
