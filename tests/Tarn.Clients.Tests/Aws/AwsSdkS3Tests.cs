using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Tarn.Clients.Tests.Servers;

namespace Tarn.Clients.Tests.Aws;

/// <summary>AWSSDK.S3 for .NET.</summary>
public sealed class AwsSdkS3Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task PutListGetDelete_ThroughTheDotNetSdk_Work()
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials(fixture.Server.AccessKeyId, fixture.Server.Secret),
            new AmazonS3Config { ServiceURL = fixture.Server.Aws.ToString(), ForcePathStyle = true,
                AuthenticationRegion = "us-east-1" });
        await s3.PutBucketAsync("dotnet-bucket");
        foreach (var name in new[] { "one.txt", "two/three.txt", "two/four.txt" })
        {
            await s3.PutObjectAsync(
                new PutObjectRequest { BucketName = "dotnet-bucket", Key = name, ContentBody = name });
        }

        var listing = await s3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "dotnet-bucket", Prefix = "two/" });
        using var found = await s3.GetObjectAsync("dotnet-bucket", "two/three.txt");
        using var reader = new StreamReader(found.ResponseStream);

        Assert.Equal(["two/four.txt", "two/three.txt"], listing.S3Objects.Select(entry => entry.Key));
        Assert.Equal("two/three.txt", await reader.ReadToEndAsync());
        await s3.DeleteObjectAsync("dotnet-bucket", "one.txt");
        var gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => s3.GetObjectAsync("dotnet-bucket", "one.txt"));
        Assert.Equal("NoSuchKey", gone.ErrorCode);
    }
}
