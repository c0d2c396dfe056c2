using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Remote;

namespace Tarn.Storage.Tests.Objects.Remote;

public sealed class RemoteNamesTests
{
    [Theory]
    [InlineData("", "lake/a/b")]
    [InlineData("x/y", "x/y/lake/a/b")]
    public void Of_Key_IsBelowItsBucketAndBack(string prefix, string expected)
    {
        var names = new RemoteNames(prefix);
        var key = new ObjectKey("lake", "a/b");
        Assert.Equal(expected, names.Of(key));
        Assert.Equal(key, names.Back("lake", names.Of(key)));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../other/x")]
    [InlineData("a/./b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("\uffff")]
    public void Of_KeyThatServicesChange_IsRefused(string key)
    {
        var failure = Assert.Throws<TarnException>(() => new RemoteNames("x").Of(new ObjectKey("lake", key)));
        Assert.Equal((ErrorKind.Invalid, "InvalidArgument"), (failure.Kind, failure.Code));
    }

    [Theory]
    [InlineData("...")]
    [InlineData("/.a//b ../")]
    [InlineData("😀%00\u0085")]
    public void Of_OtherKeys_StayAsTheyAre(string key) =>
        Assert.Equal("lake/" + key, new RemoteNames("").Of(new ObjectKey("lake", key)));

    [Fact]
    public void Of_LongKey_CountsThePrefix()
    {
        var names = new RemoteNames("é");
        var room = 1024 - Encoding.UTF8.GetByteCount("é/lake/");
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(names.Of(new ObjectKey("lake", new string('k', room)))));
        var failure = Assert.Throws<TarnException>(() => names.Of(new ObjectKey("lake", new string('k', room + 1))));
        Assert.Equal("KeyTooLongError", failure.Code);
        Assert.Contains($"the most is {room}", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Mark_OfABucket_IsNoObjectsName()
    {
        var names = new RemoteNames("x");
        Assert.Equal("x/.tarn/buckets/lake", names.Mark("lake"));
        Assert.Throws<TarnException>(() => names.Of(new ObjectKey(".tarn", "buckets/lake")));
    }
}
