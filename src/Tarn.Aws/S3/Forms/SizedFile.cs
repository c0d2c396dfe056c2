using System.Globalization;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Checksums;

namespace Tarn.Aws.S3.Forms;

/// <summary>
/// The file of a form, whose length nobody announces: its last read throws when it is shorter or longer than allowed,
/// or when the form ends within it.
/// </summary>
internal sealed class SizedFile(Stream file, long bytesMin, long bytesMax) : ReadOnlyBody
{
    private long _bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await file.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidDataException
            || (failure is IOException && !cancellationToken.IsCancellationRequested))
        {
            throw new AwsException(
                "MalformedPOSTRequest", 400, "The body of your POST request is not well-formed multipart/form-data.");
        }

        _bytes += count;
        if (_bytes > bytesMax)
        {
            throw OutOfRange(
                "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", "MaxSizeAllowed", bytesMax);
        }

        if (count == 0 && !buffer.IsEmpty && _bytes < bytesMin)
        {
            throw OutOfRange(
                "EntityTooSmall",
                "Your proposed upload is smaller than the minimum allowed size",
                "MinSizeAllowed",
                bytesMin);
        }

        return count;
    }

    private AwsException OutOfRange(string code, string message, string limit, long bytes) => new(code, 400, message)
    {
        Elements =
        [
            new("ProposedSize", _bytes.ToString(CultureInfo.InvariantCulture)),
            new(limit, bytes.ToString(CultureInfo.InvariantCulture)),
        ],
    };
}
