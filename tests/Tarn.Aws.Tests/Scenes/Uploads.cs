using System.Text;
using Tarn.Aws.Protocol.Checksums;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>One upload in parts, as a client goes about it.</summary>
internal sealed class Uploads(AwsScene scene, string path, string id)
{
    public const int PartBytesMin = 5 << 20;

    public string Id { get; } = id;

    public static async Task<Uploads> CreateAsync(AwsScene scene, string path, params string[] headers)
    {
        (await scene.S3Async(HttpMethod.Put, path[..path.IndexOf('/', 1)])).Ok();
        var answer = (await scene.S3Async(HttpMethod.Post, path + "?uploads", [], headers)).Ok();
        return new Uploads(scene, path, answer.Xml.Element("UploadId")!.Value);
    }

    public Task<Answer> PutAsync(int number, byte[] body, params string[] headers) =>
        scene.S3Async(HttpMethod.Put, $"{path}?partNumber={number}&uploadId={Id}", body, headers);

    /// <summary>Puts the part and gives back what names it when the upload is completed.</summary>
    public async Task<string> PartAsync(int number, byte[] body, string algorithm = "")
    {
        var value = algorithm.Length == 0 ? "" : Checksum(algorithm.ToLowerInvariant(), body);
        var put = (await PutAsync(
            number, body, value.Length == 0 ? [] : [$"x-amz-checksum-{algorithm.ToLowerInvariant()}:{value}"])).Ok();
        var checksum = value.Length == 0 ? "" : $"<Checksum{algorithm}>{value}</Checksum{algorithm}>";
        return $"<Part><PartNumber>{number}</PartNumber><ETag>{put.Header("ETag")}</ETag>{checksum}</Part>";
    }

    public Task<Answer> CompleteAsync(string parts, params string[] headers) => scene.S3Async(
        HttpMethod.Post,
        $"{path}?uploadId={Id}",
        Encoding.UTF8.GetBytes($"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>"),
        headers);

    public Task<Answer> ListAsync(string more = "") =>
        scene.S3Async(HttpMethod.Get, $"{path}?{more}uploadId={Id}");

    public Task<Answer> AbortAsync() => scene.S3Async(HttpMethod.Delete, $"{path}?uploadId={Id}");

    /// <summary>Bytes that differ from part to part.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Checksum(string algorithm, params byte[][] bytes)
    {
        using var checksum = RunningChecksum.Create(algorithm)!;
        foreach (var part in bytes)
        {
            checksum.Append(part);
        }

        return Convert.ToBase64String(checksum.Finish());
    }
}
