using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Multipart;
using Tarn.Storage.Objects.Remote.Uploads;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class UploadRecordTests
{
    private const string Id = "019abcde000070008000000000000001";

    [Fact]
    public async Task Read_VersionOne_IsUnderstood()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "upload-record.json");
        var record = UploadRecord.Read("name", await File.ReadAllBytesAsync(path));
        var upload = record.ToUpload("lake", Id);
        Assert.Equal(("2~x", new ObjectKey("lake", "a/b.csv"), Id), (record.Upload, upload.Key, upload.UploadId));
        Assert.Equal("2026-11-23T14:00:00.123", $"{upload.Initiated:yyyy-MM-ddTHH:mm:ss.fff}");
        Assert.Equal(("text/csv", "a"), (upload.Attributes.ContentType, upload.Attributes.Tags["team"]));
        Assert.Equal(new UploadChecksum(ChecksumAlgorithm.Crc32C, IsComposite: true), upload.Checksum);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_Upload_ComesBack(bool hasChecksum)
    {
        var upload = new MultipartUpload(
            new ObjectKey("lake", "k"), Id, DateTimeOffset.FromUnixTimeMilliseconds(7), ObjectAttributes.None,
            hasChecksum ? new UploadChecksum(ChecksumAlgorithm.Sha256, IsComposite: true) : null);
        var read = UploadRecord.Read("name", UploadRecord.From(upload, "theirs").Write());
        Assert.Equal("theirs", read.Upload);
        Assert.Equal(upload, read.ToUpload("lake", Id) with { Attributes = upload.Attributes });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"version\": 2, \"key\": \"k\", \"upload\": \"u\", \"initiated\": 0, \"content_type\": \"t\"}")]
    [InlineData("null")]
    public void Read_OtherBytesOrLaterVersion_IsDamaged(string json) => Assert.Equal(
        ErrorKind.Damaged,
        Assert.Throws<TarnException>(() => UploadRecord.Read("name", Encoding.UTF8.GetBytes(json))).Kind);
}
