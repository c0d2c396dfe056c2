using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Remote.Uploads;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class PartsRecordTests
{
    private static readonly ObjectKey Key = new("lake", "k");

    [Fact]
    public async Task Read_VersionOne_DescribesAnObjectOfThatSize()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "testdata", "v1", "parts-record.json");
        var record = PartsRecord.Read(Key, await File.ReadAllBytesAsync(path));
        var info = new ObjectInfo(Key, 5_242_887, "e-2", DateTimeOffset.UnixEpoch, ObjectAttributes.None);
        var told = record.Describe(info);
        Assert.Equal([new(1, 5_242_880, "NhCmhg=="), new ObjectPart(3, 7, "yZRlqg==")], told.Parts);
        Assert.Equal(new ObjectChecksum(ChecksumAlgorithm.Crc32, "AAAAAA==-2", IsComposite: true), told.Checksum);
        var replaced = info with { Size = 5 };
        Assert.Same(replaced, record.Describe(replaced));
    }

    [Fact]
    public void Write_Record_ComesBack()
    {
        var record = PartsRecord.From([new ObjectPart(2, 9, null)], checksum: null);
        var read = PartsRecord.Read(Key, record.Write());
        Assert.Equal(record.Parts, read.Parts);
        Assert.Null(read.Checksum);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"version\": 2, \"parts\": []}")]
    [InlineData("null")]
    public void Read_OtherBytesOrLaterVersion_IsDamaged(string json) => Assert.Equal(
        ErrorKind.Damaged,
        Assert.Throws<TarnException>(() => PartsRecord.Read(Key, Encoding.UTF8.GetBytes(json))).Kind);

    [Fact]
    public void Mark_Parts_SortByNumberAndComeBack()
    {
        var first = new PartMark(9, "0a", "+/A=");
        var second = new PartMark(10, "0b", "AAAA");
        Assert.Equal("00009-0a--_A=", first.Name);
        Assert.Equal([first, second], new[] { first, second }.Select(mark => PartMark.Parse(mark.Name)!.Value));
        Assert.True(string.CompareOrdinal(first.Name, PartMark.Behind(9)) < 0);
        Assert.True(string.CompareOrdinal(PartMark.Behind(9), second.Name) < 0);
        Assert.All(["", "x", "00001", "00001-ab", "0000x-ab-c"], name => Assert.Null(PartMark.Parse(name)));
    }
}
