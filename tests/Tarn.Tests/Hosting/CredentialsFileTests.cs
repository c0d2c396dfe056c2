using Tarn.Hosting;
using Tarn.Primitives.Errors;
using Tarn.Storage.Access;
using Tarn.Testing;

namespace Tarn.Tests.Hosting;

public sealed class CredentialsFileTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string FilePath => Path.Combine(directory.Path, "credentials");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Read_WhatFormatWrote_IsTheKey()
    {
        var key = new AccessKey("AKIATESTTESTTEST", "with=equals/and+more==", "root");
        File.WriteAllText(FilePath, CredentialsFile.Format(key));

        Assert.Equal(key, CredentialsFile.Read(FilePath));
    }

    [Fact]
    public void Read_NoFile_IsNull() => Assert.Null(CredentialsFile.Read(FilePath));

    [Fact]
    public void Read_SeveralProfiles_TakesTheDefault()
    {
        File.WriteAllText(FilePath, """
            # mine
            [other]
            aws_access_key_id = OTHER
            aws_secret_access_key = other
            [default]
              aws_access_key_id=MINE
              aws_secret_access_key=mine
            [third]
            aws_access_key_id = THIRD
            aws_secret_access_key = third
            """);

        Assert.Equal(new AccessKey("MINE", "mine", "root"), CredentialsFile.Read(FilePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[default]\n")]
    [InlineData("[default]\naws_access_key_id = A\n")]
    [InlineData("[default]\naws_access_key_id = A\naws_secret_access_key =\n")]
    [InlineData("[default]\naws_access_key_id =\naws_secret_access_key = s3cr3t\n")]
    [InlineData("[other]\naws_access_key_id = A\naws_secret_access_key = s3cr3t\n")]
    [InlineData("aws_access_key_id = A\naws_secret_access_key = s3cr3t\n")]
    public void Read_WithoutAWholeKey_IsInvalidNamingTheFileAndNoSecret(string text)
    {
        File.WriteAllText(FilePath, text);

        var error = Assert.Throws<TarnException>(() => CredentialsFile.Read(FilePath));

        Assert.Equal(ErrorKind.Invalid, error.Kind);
        Assert.Contains(FilePath, error.Message);
        Assert.DoesNotContain("s3cr3t", error.Describe());
    }
}
