using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Remote;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class BucketRecordTests
{
    [Fact]
    public async Task Read_VersionOne_IsUnderstood()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "bucket-record.json");
        var record = BucketRecord.Read("lake", await File.ReadAllBytesAsync(path));
        Assert.Equal("2026-11-23T12:30:00.123", $"{record.ToInfo("lake").CreatedAt:yyyy-MM-ddTHH:mm:ss.fff}");
        Assert.Equal("[{\"AllowedOrigins\":[\"*\"]}]", record.Settings["Cors"]);
    }

    [Fact]
    public void Write_Record_ComesBack()
    {
        var settings = new Dictionary<string, string> { ["Policy"] = "{}" };
        var record = new BucketRecord { Version = 1, Created = 7, Settings = settings };
        var read = BucketRecord.Read("lake", record.Write());
        Assert.Equal((7, "{}"), (read.Created, read.Settings["Policy"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\": 1")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"version\": 2, \"created\": 0}")]
    [InlineData("null")]
    public void Read_OtherBytesOrLaterVersion_IsDamaged(string json) => Assert.Equal(
        ErrorKind.Damaged,
        Assert.Throws<TarnException>(() => BucketRecord.Read("lake", Encoding.UTF8.GetBytes(json))).Kind);
}
