using Amazon.S3.Model;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Remote;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class RemoteAttributesTests
{
    [Theory]
    [InlineData("plain text")]
    [InlineData("zoë 😀")]
    [InlineData("")]
    [InlineData(" both ends ")]
    [InlineData("=?UTF-8?B?Zm9v?=")]
    [InlineData("=?x")]
    [InlineData("tab\there")]
    public void Metadata_AnyValue_IsAHeaderAndComesBack(string value)
    {
        var (headers, metadata) = Write(
            new() { Metadata = new Dictionary<string, string> { ["author"] = value } }, null);
        Assert.All(metadata["author"], letter => Assert.InRange(letter, ' ', '~'));
        Assert.Equal(value, RemoteAttributes.Read(headers, null, metadata).Metadata["author"]);
    }

    [Fact]
    public void Metadata_PlainValue_IsWrittenAsItIs()
    {
        var attributes = new ObjectAttributes { Metadata = new Dictionary<string, string> { ["author"] = "me" } };
        Assert.Equal("me", Write(attributes, null).Metadata["author"]);
    }

    [Fact]
    public void Checksum_BesideAUsersOwnName_ComesBackAndIsNotShown()
    {
        var checksum = new ObjectChecksum(ChecksumAlgorithm.Sha256, "c2hh", IsComposite: false);
        var (headers, metadata) = Write(
            new() { Metadata = new Dictionary<string, string> { ["tarn-checksum"] = "mine" } }, checksum);
        Assert.Equal("SHA256 c2hh", metadata["tarn-checksum"]);
        Assert.Equal(checksum, RemoteAttributes.Checksum(metadata));
        var read = RemoteAttributes.Read(headers, null, metadata).Metadata;
        Assert.Equal([KeyValuePair.Create("tarn-checksum", "mine")], read);
    }

    [Fact]
    public void Checksum_None_IsNull() => Assert.Null(RemoteAttributes.Checksum(new MetadataCollection()));

    private static (HeadersCollection Headers, MetadataCollection Metadata) Write(
        ObjectAttributes attributes, ObjectChecksum? checksum)
    {
        var request = new PutObjectRequest();
        RemoteAttributes.Write(attributes, checksum, request.Headers, request.Metadata);
        return (request.Headers, request.Metadata);
    }
}
