using Tarn.Primitives.Errors;
using Tarn.Testing;
using Tarn.Transfers;

namespace Tarn.Tests.Transfers;

public sealed class SafePathTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a/b.txt")]
    [InlineData("..a/.b/c..")]
    [InlineData("...")]
    [InlineData("a\\b c~$HOME")]
    public void Of_ANameBelowTheFolder_IsItsPath(string name)
    {
        using var directory = new TempDirectory();
        Assert.Equal(directory.Path + "/" + name, SafePath.Of(directory.Path, name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a\0b")]
    public void Of_ANameThatIsNoneBelowTheFolder_IsRefused(string name)
    {
        using var directory = new TempDirectory();
        var error = Assert.Throws<TarnException>(() => SafePath.Of(directory.Path, name));
        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void Of_ANameThroughALink_IsRefusedWhereverTheLinkIs()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Path + "/in/deep");
        File.CreateSymbolicLink(directory.Path + "/in/deep/out", "/tmp");
        File.CreateSymbolicLink(directory.Path + "/in/gone", "/nowhere");

        Assert.Throws<TarnException>(() => SafePath.Of(directory.Path, "in/deep/out/x"));
        Assert.Throws<TarnException>(() => SafePath.Of(directory.Path, "in/deep/out/x/y"));
        Assert.Throws<TarnException>(() => SafePath.Of(directory.Path, "in/gone/x"));
        Assert.EndsWith("/in/deep/out", SafePath.Of(directory.Path, "in/deep/out"), StringComparison.Ordinal);
    }
}
