using Tarn.Aws.Protocol;

namespace Tarn.Aws.S3;

/// <summary>A checksum that a sender states for its body.</summary>
/// <param name="algorithm">The end of its header's name, such as <c>crc32</c>.</param>
/// <param name="stated">Its base64 value; asked for at the body's end, when a trailer has been read.</param>
internal sealed class S3Checksum(string algorithm, Func<string?> stated)
{
    public string Algorithm { get; } = algorithm;

    public string Header => "x-amz-checksum-" + Algorithm;

    /// <summary>The verified value in base64, once the body has ended.</summary>
    public string? Value { get; private set; }

    public void Verify(byte[] computed)
    {
        var value = stated();
        if (value is null)
        {
            throw new AwsException("MalformedTrailerError", 400, $"the announced trailer '{Header}' is missing");
        }

        if (value != Convert.ToBase64String(computed))
        {
            throw new AwsException(
                "BadDigest",
                400,
                $"The {Algorithm.ToUpperInvariant()} you specified did not match the calculated checksum.");
        }

        Value = value;
    }
}
