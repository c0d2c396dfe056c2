using System.Text;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>Buckets that keep versions.</summary>
internal static class VersionBuckets
{
    public static async Task CreateAsync(AwsScene scene, string bucket)
    {
        (await scene.S3Async(HttpMethod.Put, "/" + bucket)).Ok();
        await SetAsync(scene, bucket, "Enabled");
    }

    public static async Task SetAsync(AwsScene scene, string bucket, string status)
    {
        var body = $"<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>";
        (await scene.S3Async(HttpMethod.Put, $"/{bucket}?versioning", Encoding.UTF8.GetBytes(body))).Ok();
    }

    /// <summary>As the first page of the listing has them; of a marker with that word behind.</summary>
    public static async Task<List<string>> IdsAsync(AwsScene scene, string bucket)
    {
        var page = (await scene.S3Async(HttpMethod.Get, $"/{bucket}?versions")).Ok().Xml;
        return
        [
            .. page.Elements().Where(element => element.Name == "Version" || element.Name == "DeleteMarker")
                .Select(element => element.Element("VersionId")!.Value
                    + (element.Name == "DeleteMarker" ? " marker" : "")),
        ];
    }
}
