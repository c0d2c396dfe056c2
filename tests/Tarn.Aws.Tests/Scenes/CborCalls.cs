namespace Tarn.Aws.Tests.Scenes;

/// <summary>Calls of Kinesis in CBOR, signed.</summary>
internal static class CborCalls
{
    public const string ContentType = "application/x-amz-cbor-1.1";

    /// <summary>The answer's map; the call must succeed.</summary>
    public static async Task<Dictionary<string, object?>> CborAsync(
        this AwsScene scene, string operation, params (string Name, object Value)[] members)
    {
        var answer = await scene.SendCborAsync(operation, CborValues.Write(CborValues.Map(members)));
        Assert.True(answer.Message.IsSuccessStatusCode, $"{(int)answer.Status}: {answer.Text}");
        Assert.Equal(ContentType, answer.Header("Content-Type"));
        return CborValues.ReadMap(answer.Body);
    }

    public static Task<Answer> SendCborAsync(this AwsScene scene, string operation, byte[] body) =>
        scene.SendAsync("Kinesis_20131202." + operation, body, ContentType, encoding: null);

    /// <summary>Signs the bytes as they are sent, whatever they are.</summary>
    public static Task<Answer> SendAsync(
        this AwsScene scene, string target, byte[] body, string contentType, string? encoding)
    {
        var request = scene.JsonRequest(target, body);
        request.Content!.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (encoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        var service = target.StartsWith("Kinesis", StringComparison.Ordinal) ? "kinesis" : "glue";
        scene.Signer.Sign(request, service, Signer.Hash(body));
        return scene.SendAsync(request);
    }
}
