using System.Text;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>A body in the aws-chunked encoding: three chunks and, where the kind has it, a checksum.</summary>
internal static class SentChunks
{
    public const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    public const string SignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    public static readonly string[] Parts = [new string('a', 70_000), "hello ", "world"];

    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>A signed PUT whose body can be altered before it is sent.</summary>
    public static HttpRequestMessage Put(AwsScene scene, string kind, string target, Func<string, string> alter)
    {
        var length = Parts.Sum(part => part.Length);
        var request = new HttpRequestMessage(HttpMethod.Put, new Uri(scene.Address, target));
        request.Headers.TryAddWithoutValidation("x-amz-decoded-content-length", length.ToString());
        if (kind != Signed)
        {
            request.Headers.TryAddWithoutValidation("x-amz-trailer", "x-amz-checksum-crc32c");
        }

        var seed = scene.Signer.Sign(request, "s3", kind);
        var body = Body(kind, seed.Key, seed.Timestamp, seed.Scope, seed.Signature);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(alter(body)));
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "aws-chunked");
        return request;
    }

    public static string Crc32C()
    {
        var register = uint.MaxValue;
        foreach (var value in Encoding.ASCII.GetBytes(string.Concat(Parts)))
        {
            register = System.Numerics.BitOperations.Crc32C(register, value);
        }

        var bytes = BitConverter.GetBytes(~register);
        Array.Reverse(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static string Body(string kind, byte[] key, string timestamp, string scope, string previous)
    {
        var body = new StringBuilder();
        foreach (var part in Parts.Append(""))
        {
            var hash = Signer.Hash(Encoding.ASCII.GetBytes(part));
            previous = Convert.ToHexStringLower(Signer.Hmac(
                key, $"AWS4-HMAC-SHA256-PAYLOAD\n{timestamp}\n{scope}\n{previous}\n{Empty}\n{hash}"));
            body.Append($"{part.Length:x}");
            body.Append(kind == UnsignedTrailer ? "" : $";chunk-signature={previous}");
            body.Append(part.Length == 0 ? "\r\n" : $"\r\n{part}\r\n");
        }

        if (kind != Signed)
        {
            body.Append($"x-amz-checksum-crc32c:{Crc32C()}\r\n");
        }

        if (kind == SignedTrailer)
        {
            var hash = Signer.Hash(Encoding.ASCII.GetBytes($"x-amz-checksum-crc32c:{Crc32C()}\n"));
            var signature = Convert.ToHexStringLower(Signer.Hmac(
                key, $"AWS4-HMAC-SHA256-TRAILER\n{timestamp}\n{scope}\n{previous}\n{hash}"));
            body.Append($"x-amz-trailer-signature:{signature}\r\n");
        }

        return body.Append("\r\n").ToString();
    }
}
