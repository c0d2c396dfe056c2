using System.Text;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Records;
using Tarn.Aws.Tests.Scenes;
using Tarn.Streams.Records;
using Xunit.Abstractions;

namespace Tarn.Aws.Tests.Kinesis;

/// <summary>The reader of PutRecords bodies, and its short cut against it.</summary>
public sealed class PutRequestTests(ITestOutputHelper output)
{
    private const int Bodies = 30_000;

    [Theory]
    [InlineData("QUJD", "ABC")]
    [InlineData("QQ==", "A")]
    [InlineData("QUI=", "AB")]
    [InlineData("", "")]
    [InlineData("\\u0051Q\\u003d=", "A")]
    [InlineData("Pz8\\/", "???")]
    [InlineData("QUJD\\nQUJD", "ABCABC")]
    public void Read_Base64InAnyForm_IsDecoded(string text, string expected)
    {
        using var request = Read(text);

        var entry = request.Entries.Span[0];
        var data = new byte[entry.DataLength];
        entry.CopyDataTo(data);
        Assert.Equal(expected, Encoding.UTF8.GetString(data));
    }

    [Theory]
    [InlineData("QQ")]
    [InlineData("QQ=")]
    [InlineData("QQ===")]
    [InlineData("Q")]
    [InlineData("QQ==QUJD")]
    [InlineData("QUJ!")]
    [InlineData("QU-_")]
    [InlineData("QUJDé")]
    [InlineData("QUJD\nQUJD")]
    [InlineData("QUJD\\x")]
    [InlineData("QUJD\\ud800")]
    public void Read_NotBase64_IsRefused(string text) =>
        Assert.Equal("SerializationException", Assert.Throws<AwsException>(() => Read(text).Dispose()).Code);

    [Theory]
    [InlineData("""{"StreamName" "StreamARN":"s","Records":[{"Data":"","PartitionKey":"k"}]}""")]
    [InlineData("""{"StreamName":"s","Records":[{"Data" "PartitionKey":"k","Data":""}]}""")]
    [InlineData("""{"StreamName":"s","Records":[{"Data":"","PartitionKey":"k"}]}x""")]
    [InlineData("""{"StreamName":"s","Records":[{"Data":"","PartitionKey":"k"},]}""")]
    [InlineData("""{"StreamName":"s","Records":[{"Data":"","PartitionKey":"k"}],}""")]
    [InlineData("""{"StreamName":"s","Records":[{"Data":"","PartitionKey":"k"}]""")]
    public void Read_AlmostJson_IsRefused(string body) => Assert.Equal(
        "SerializationException",
        Assert.Throws<AwsException>(
            () => PutRequestJson.Read(Encoding.UTF8.GetBytes(body), isBatch: true).Dispose()).Code);

    [Fact]
    public void Scanner_RandomBodies_AgreesWithTheReader()
    {
        var random = new Random(20131202);
        var (accepted, valid) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = new RandomPutBody(random, "StreamName", hasKeys: true).Make();
            using var scanned = PutRequest.Take(isBatch: true);
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

    private static PutRequest Read(string base64) => PutRequestJson.Read(
        Encoding.UTF8.GetBytes(
            $$"""{"Records":[{"PartitionKey":"k","Data":"{{base64}}"}],"StreamName":"s"}"""),
        isBatch: true);

    /// <summary>What the reader makes of it, or null where it refuses the body.</summary>
    private static string? Describe(byte[] body)
    {
        try
        {
            using var request = PutRequestJson.Read(PutRequest.Take(isBatch: true), body);
            return Describe(request);
        }
        catch (Exception refused) when (refused is AwsException or Tarn.Primitives.Errors.TarnException)
        {
            return null;
        }
    }

    private static string Describe(PutRequest request)
    {
        var text = new StringBuilder($"{request.StreamName}|{request.StreamArn}|");
        foreach (var entry in request.Entries.Span)
        {
            var data = new byte[entry.DataLength];
            entry.CopyDataTo(data);
            text.Append(Convert.ToHexString(entry.PartitionKey.Span)).Append('=').Append(Convert.ToHexString(data))
                .Append(entry.ExplicitHashKey).Append('|');
        }

        return text.ToString();
    }
}
