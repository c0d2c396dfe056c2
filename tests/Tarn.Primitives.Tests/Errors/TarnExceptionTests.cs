using Tarn.Primitives.Errors;

namespace Tarn.Primitives.Tests.Errors;

public sealed class TarnExceptionTests
{
    private static readonly string NewLine = Environment.NewLine;

    [Fact]
    public void Describe_MessageAlone_IsOneLine() =>
        Assert.Equal("no stream 'a'", new TarnException(ErrorKind.NotFound, "no stream 'a'").Describe());

    [Fact]
    public void Describe_WithDetailAndHint_HasALineForEach() =>
        Assert.Equal(
            $"what{NewLine}detail: found{NewLine}hint: try",
            new TarnException(ErrorKind.Invalid, "what", "found", "try").Describe());

    [Fact]
    public void Describe_WithHintAlone_LeavesNoGap() =>
        Assert.Equal($"what{NewLine}hint: try", new TarnException(ErrorKind.Invalid, "what", hint: "try").Describe());

    [Fact]
    public void New_WithCauseAndCode_KeepsThem()
    {
        var cause = new IOException("disk");

        var error = new TarnException(ErrorKind.Unavailable, "what", cause: cause) { Code = "Slow" };

        Assert.Equal((ErrorKind.Unavailable, "Slow", "what"), (error.Kind, error.Code, error.Message));
        Assert.Same(cause, error.InnerException);
    }
}
