using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Tarn.Clients.Tests.Servers;
using Tarn.Testing;

namespace Tarn.Clients.Tests.S3;

/// <summary>AWSSDK.S3 for .NET.</summary>
public sealed class AwsSdkS3Tests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task PutListGetDelete_ThroughTheDotNetSdk_Work()
    {
        using var s3 = fixture.Server.S3();
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

    [Fact]
    public async Task TransferUtility_OfAFileInParts_ComesBackWhole()
    {
        using var directory = new TempDirectory();
        var file = SampleFiles.Write(directory.Path + "/large.bin", SampleFiles.PartedBytes);
        using var s3 = fixture.Server.S3();
        using var transfer = new TransferUtility(s3);
        await s3.PutBucketAsync("dotnet-parts");
        await transfer.UploadAsync(new TransferUtilityUploadRequest
        {
            BucketName = "dotnet-parts", Key = "large.bin", FilePath = file, PartSize = 6 << 20,
        });
        await transfer.DownloadAsync(file + ".back", "dotnet-parts", "large.bin");
        var head = await s3.GetObjectMetadataAsync("dotnet-parts", "large.bin");

        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + ".back"));
        Assert.Equal(SampleFiles.PartedBytes, head.ContentLength);
    }

    [Fact]
    public async Task TransferUtility_OfADirectory_KeepsEveryName()
    {
        using var directory = new TempDirectory();
        var from = SampleFiles.WriteFolder(directory.Path + "/from");
        using var s3 = fixture.Server.S3();
        using var transfer = new TransferUtility(s3);
        await s3.PutBucketAsync("dotnet-folder");
        await transfer.UploadDirectoryAsync(new TransferUtilityUploadDirectoryRequest
        {
            BucketName = "dotnet-folder", KeyPrefix = "at", Directory = from, SearchPattern = "*",
            SearchOption = SearchOption.AllDirectories,
        });
        await transfer.DownloadDirectoryAsync("dotnet-folder", "at", directory.Path + "/to");

        SampleFiles.MustBeEqual(from, directory.Path + "/to");
    }

    [Fact]
    public async Task PresignedUrls_OfTheDotNetSdk_PutAndGet()
    {
        using var s3 = fixture.Server.S3();
        using var http = new HttpClient();
        await s3.PutBucketAsync("dotnet-presign");
        var put = await http.PutAsync(Address(s3, HttpVerb.PUT), new ByteArrayContent("by anyone"u8.ToArray()));
        var got = await http.GetStringAsync(Address(s3, HttpVerb.GET));

        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        Assert.Equal("by anyone", got);
    }

    private static Uri Address(AmazonS3Client s3, HttpVerb verb) => new(s3.GetPreSignedURL(new GetPreSignedUrlRequest
    {
        BucketName = "dotnet-presign", Key = "given/a key", Verb = verb, Protocol = Protocol.HTTP,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
    }));
}
