using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>HTML forms with a file, as a browser sends them, and the policies that their signers sign.</summary>
internal sealed class SentForm(AwsScene scene)
{
    public const string Boundary = "----form-boundary";

    /// <summary>Whose key signs.</summary>
    public Signer Signer { get; init; } = scene.Signer;

    /// <summary>As the browser names it.</summary>
    public string FileName { get; init; } = "dir/photo.txt";

    /// <summary>A policy that names each field, and says something more.</summary>
    public string Policy(
        IEnumerable<(string Name, string Value)> fields, DateTimeOffset? expiration, params string[] more)
    {
        var conditions = new JsonArray([.. fields.Select(field =>
            (JsonNode)new JsonArray("starts-with", "$" + field.Name, ""))]);
        foreach (var name in new[] { "x-amz-algorithm", "x-amz-credential", "x-amz-date" })
        {
            conditions.Add((JsonNode)new JsonArray("starts-with", "$" + name, ""));
        }

        foreach (var condition in more)
        {
            conditions.Add(JsonNode.Parse(condition));
        }

        var until = (expiration ?? scene.Time.GetUtcNow().AddMinutes(5)).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return new JsonObject { ["expiration"] = until, ["conditions"] = conditions }.ToJsonString();
    }

    /// <summary>The fields and those of the signature over the policy.</summary>
    public List<(string Name, string Value)> Signed(IEnumerable<(string Name, string Value)> fields, string policy)
    {
        var date = scene.Time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{date[..8]}/us-east-1/s3/aws4_request";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(policy));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + Signer.Secret), Signer.Hmac);
        return
        [
            .. fields,
            ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
            ("x-amz-credential", $"{Signer.AccessKeyId}/{scope}"),
            ("x-amz-date", date),
            ("policy", encoded),
            ("x-amz-signature", Convert.ToHexStringLower(Signer.Hmac(key, encoded))),
        ];
    }

    /// <summary>Sends the fields as they are.</summary>
    public Task<Answer> SendAsync(
        string bucket, IEnumerable<(string Name, string Value)> fields, string file = "hello",
        params string[] headers) =>
        SendBodyAsync(bucket, Body(fields, file), headers: headers);

    /// <summary>Sends the fields with a policy that allows them.</summary>
    public Task<Answer> SendSignedAsync(string bucket, params (string Name, string Value)[] fields) =>
        SendAsync(bucket, Signed(fields, Policy(fields, expiration: null)));

    public Task<Answer> SendBodyAsync(
        string bucket, string body, string type = "multipart/form-data; boundary=" + Boundary,
        params string[] headers)
    {
        var request = scene.S3Request(HttpMethod.Post, bucket, Encoding.UTF8.GetBytes(body), headers);
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", type);
        return scene.SendAsync(request);
    }

    public string Body(IEnumerable<(string Name, string Value)> fields, string file)
    {
        var body = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            body.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }

        body.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{FileName}\"\r\n");
        body.Append($"Content-Type: text/plain\r\n\r\n{file}\r\n--{Boundary}--\r\n");
        return body.ToString();
    }
}
