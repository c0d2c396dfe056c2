using System.Text;
using Tarn.Aws.Firehose.Records;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Records;
using Tarn.Aws.Tests.Scenes;
using Tarn.Primitives.Errors;
using Xunit.Abstractions;

namespace Tarn.Aws.Tests.Firehose;

/// <summary>The reader of PutRecord and PutRecordBatch bodies, and its short cut against it.</summary>
public sealed class DeliveryPutTests(ITestOutputHelper output)
{
    private const int Bodies = 30_000;

    [Theory]
    [InlineData("QUJD", "ABC")]
    [InlineData("QQ==", "A")]
    [InlineData("", "")]
    [InlineData("\\u0051Q\\u003d=", "A")]
    [InlineData("QUJD\\nQUJD", "ABCABC")]
    public void Read_Base64InAnyForm_IsDecoded(string text, string expected)
    {
        using var batch = Read($$"""{"Records":[{"Data":"{{text}}"}],"DeliveryStreamName":"s"}""");
        using var single = Read(
            $$"""{"Record":{"Data":"{{text}}"},"DeliveryStreamName":"s"}""", isBatch: false);

        Assert.Equal(("s", "s"), (batch.RequireName(), single.RequireName()));
        Assert.Equal(expected, Text(batch));
        Assert.Equal(expected, Text(single));
    }

    [Theory]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":"Q"}]}""", "SerializationException", "not base64")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":1}]}""", "SerializationException", "1.member.data")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{}]}""", "ValidationException", "records.1.member.data")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[]}""", "ValidationException", "greater than or equal to 1")]
    [InlineData("""{"DeliveryStreamName":"s"}""", "ValidationException", "'records' failed")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[1]}""", "SerializationException", "a structure")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":""}]}x""", "SerializationException", "not valid JSON")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":""}""", "SerializationException", "not valid JSON")]
    [InlineData("[]", "SerializationException", "JSON object")]
    public void Read_WrongBody_SaysWhatIsWrong(string body, string code, string message)
    {
        var refused = Assert.Throws<AwsException>(() => Read(body).Dispose());
        Assert.Equal(code, refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":"","PartitionKey":"k"}]}""", "Records.PartitionKey")]
    [InlineData("""{"DeliveryStreamName":"s","Records":[{"Data":""}],"Extra":1}""", "Extra")]
    [InlineData("""{"DeliveryStreamName":"s","Record":{"Data":""}}""", "Record")]
    public void Read_UnknownMember_IsRefusedByName(string body, string member) => Assert.Contains(
        $"'{member}' of firehose PutRecordBatch",
        Assert.Throws<TarnException>(() => Read(body).Dispose()).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(1000 * 1024, 4, null)]
    [InlineData((1000 * 1024) + 1, 1, "Member must have length less than or equal to 1024000")]
    [InlineData(1000 * 1024, 5, "Records size exceeds 4 MB limit")]
    [InlineData(8, 500, null)]
    [InlineData(8, 501, "'records' failed to satisfy constraint: Member must have length less than or equal to 500")]
    public void Read_AtItsLimits_IsTakenOrRefused(int recordBytes, int records, string? message)
    {
        var record = $$"""{"Data":"{{Convert.ToBase64String(new byte[recordBytes])}}"}""";
        var list = string.Join(',', Enumerable.Repeat(record, records));
        var body = $$"""{"DeliveryStreamName":"s","Records":[{{list}}]}""";

        if (message is null)
        {
            using var put = Read(body);
            Assert.Equal((records, recordBytes), (put.Count, put.Entries.Span[^1].DataLength));
        }
        else
        {
            var refused = Assert.Throws<AwsException>(() => Read(body).Dispose());
            Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OneRecordTooMany_SaysWhichIsTooLarge()
    {
        var large = Convert.ToBase64String(new byte[DeliveryPut.RecordBytesMax + 1]);
        var refused = Assert.Throws<AwsException>(() => Read(
            $$"""{"DeliveryStreamName":"s","Records":[{"Data":""},{"Data":"{{large}}"}]}""").Dispose());

        Assert.Contains(
            "Value 'java.nio.HeapByteBuffer[pos=0 lim=1024001 cap=1024001]' at 'records.2.member.data' failed",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scanner_RandomBodies_AgreesWithTheReader()
    {
        var random = new Random(20150804);
        var (accepted, valid) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = new RandomPutBody(random, "DeliveryStreamName", hasKeys: false).Make();
            using var scanned = DeliveryPut.Take(isBatch: true);
            var isScanned = PutScanner.TryRead(scanned, body);
            var expected = Describe(body);
            accepted += isScanned ? 1 : 0;
            valid += expected is null ? 0 : 1;
            if (isScanned)
            {
                Assert.Equal(expected, Describe(scanned));
            }
            else
            {
                Assert.Equal(0, scanned.Count);
            }
        }

        output.WriteLine($"{Bodies} bodies: {valid} valid, {accepted} of them scanned");
        Assert.InRange(valid, Bodies / 10, Bodies * 9 / 10);
        Assert.InRange(accepted, Bodies / 20, valid - 1);
    }

    private static DeliveryPut Read(string body, bool isBatch = true) =>
        DeliveryPutJson.Read(Encoding.UTF8.GetBytes(body), isBatch);

    private static string Text(DeliveryPut put)
    {
        var entry = put.Entries.Span[0];
        var data = new byte[entry.DataLength];
        entry.CopyDataTo(data);
        return Encoding.UTF8.GetString(data);
    }

    /// <summary>What the reader makes of it, or null where it refuses the body.</summary>
    private static string? Describe(byte[] body)
    {
        try
        {
            using var put = DeliveryPutJson.Read(DeliveryPut.Take(isBatch: true), body);
            return Describe(put);
        }
        catch (Exception refused) when (refused is AwsException or TarnException)
        {
            return null;
        }
    }

    private static string Describe(DeliveryPut put)
    {
        var text = new StringBuilder(put.DeliveryStreamName);
        foreach (var entry in put.Entries.Span)
        {
            var data = new byte[entry.DataLength];
            entry.CopyDataTo(data);
            text.Append('|').Append(Convert.ToHexString(data));
        }

        return text.ToString();
    }
}
