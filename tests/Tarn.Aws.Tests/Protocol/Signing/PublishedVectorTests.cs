using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Checksums;
using Tarn.Aws.Protocol.Signing;
using Tarn.Storage.Access;

namespace Tarn.Aws.Tests.Protocol.Signing;

/// <summary>
/// Signatures that AWS publishes: the Signature V4 test suite, and the examples of the S3 API reference
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and sigv4-streaming.html).
/// </summary>
public sealed class PublishedVectorTests
{
    private const string SuiteTime = "20150830T123600Z";
    private const string S3Time = "20130524T000000Z";

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/?Param1=value1", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb")]
    [InlineData(
        "GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/example/..", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "//", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/./", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    public void Verify_SuiteRequest_AcceptsThePublishedSignatureOnly(string method, string target, string signature)
    {
        var headers = new HeaderDictionary { ["Host"] = "example.amazonaws.com", ["X-Amz-Date"] = SuiteTime };
        var scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";

        Verify(method, target, headers, SuiteTime, "service", scope, "host;x-amz-date", signature, PayloadHash.Empty);

        var other = target + "x";
        Assert.Throws<SignatureException>(() => Verify(
            method, other, headers, SuiteTime, "service", scope, "host;x-amz-date", signature, PayloadHash.Empty));
    }

    [Theory]
    [InlineData(
        "GET",
        "/test.txt",
        "range=bytes=0-9",
        PayloadHash.Empty,
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData(
        "GET",
        "/?lifecycle",
        "",
        PayloadHash.Empty,
        "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData(
        "GET",
        "/?max-keys=2&prefix=J",
        "",
        PayloadHash.Empty,
        "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    [InlineData(
        "PUT",
        "/test%24file.text",
        "date=Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class=REDUCED_REDUNDANCY",
        "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    public void Verify_S3ReferenceExample_AcceptsThePublishedSignature(
        string method, string target, string more, string payload, string signature)
    {
        var headers = new HeaderDictionary
        {
            ["Host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-date"] = S3Time,
            ["x-amz-content-sha256"] = payload,
        };
        foreach (var header in more.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            headers[header.Split('=')[0]] = header[(header.IndexOf('=') + 1)..];
        }

        var signed = string.Join(
            ';', headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
        var scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

        var opened = Verify(method, target, headers, S3Time, "s3", scope, signed, signature, payload);

        Assert.Equal("AKIAIOSFODNN7EXAMPLE", opened.Key.AccessKeyId);
    }

    [Fact]
    public async Task ChunkedBody_S3ReferenceExample_DecodesAndVerifies()
    {
        var body = ExampleChunks("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");

        var decoded = await DecodeAsync(body);

        Assert.Equal(66_560, decoded.Length);
        Assert.All(decoded, value => Assert.Equal((byte)'a', value));
    }

    [Fact]
    public async Task ChunkedBody_OneByteOfDataChanged_IsRefused()
    {
        var body = ExampleChunks("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        body[1000] = (byte)'b';

        await Assert.ThrowsAsync<SignatureException>(() => DecodeAsync(body));
    }

    [Fact]
    public async Task ChunkedBody_Truncated_IsRefusedAtEveryPlace()
    {
        var body = ExampleChunks("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        foreach (var length in new[] { 0, 1, 50, 85, 86, 5000, body.Length - 100, body.Length - 2, body.Length - 1 })
        {
            var failure = await Assert.ThrowsAsync<AwsException>(() => DecodeAsync(body[..length]));
            Assert.Equal("IncompleteBody", failure.Code);
        }
    }

    private static byte[] ExampleChunks(string firstSignature)
    {
        var body = new MemoryStream();
        void Write(string text) => body.Write(Encoding.ASCII.GetBytes(text));
        Write($"10000;chunk-signature={firstSignature}\r\n{new string('a', 65_536)}\r\n");
        Write("400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n");
        Write($"{new string('a', 1024)}\r\n");
        Write("0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n");
        return body.ToArray();
    }

    private static async Task<byte[]> DecodeAsync(byte[] body)
    {
        var scope = new CredentialScope("20130524", "us-east-1", "s3");
        var key = Credential.Parse("AKIAIOSFODNN7EXAMPLE/" + scope, SignatureFault.Incomplete).SigningKey(
            new AccessKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "root"));
        var seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
        var signatures = new ChunkSignatures(key, S3Time, scope, seed);
        await using var chunked = new ChunkedBody(
            new MemoryStream(body), 66_560, signatures, hasTrailer: false, announced: null);
        var decoded = new MemoryStream();
        await chunked.CopyToAsync(decoded);
        return decoded.ToArray();
    }

    private static OpenSignature Verify(
        string method,
        string target,
        HeaderDictionary headers,
        string time,
        string service,
        string credential,
        string signed,
        string signature,
        string payload)
    {
        headers["Authorization"] =
            $"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={signed}, Signature={signature}";
        var opened = new SignatureVerifier(new ExampleKeys(), new FixedTime(time))
            .Open(SignableRequest.Of(method, target, headers), service);
        opened.Verify(payload);
        return opened;
    }

    private sealed class ExampleKeys : IAccessKeys
    {
        public AccessKey? Find(string accessKeyId) => accessKeyId switch
        {
            "AKIDEXAMPLE" => new AccessKey(accessKeyId, "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "root"),
            "AKIAIOSFODNN7EXAMPLE" => new AccessKey(accessKeyId, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "root"),
            _ => null,
        };
    }

    private sealed class FixedTime(string timestamp) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.ParseExact(
            timestamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
