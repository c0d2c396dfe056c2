using System.Globalization;
using System.Security.Cryptography;
using Tarn.Storage.Objects.Checksums;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Storage.Objects.Local.Uploads;

/// <summary>Decides what object the parts that a sender names make. Pure; fails with Invalid.</summary>
internal static class PartChoice
{
    /// <summary>The rows of the named parts, in their order.</summary>
    public static List<PartRow> Choose(
        IReadOnlyList<CompletedPart> named, IEnumerable<PartRow> stored, long sizeMin)
    {
        if (named.Count == 0)
            throw UploadErrors.NoParts();
        var byNumber = stored.ToDictionary(part => part.Number);
        var chosen = new List<PartRow>(named.Count);
        foreach (var part in named)
        {
            if (chosen.Count > 0 && part.Number <= chosen[^1].Number)
                throw UploadErrors.InvalidPartOrder(part.Number);
            if (!byNumber.TryGetValue(part.Number, out var row))
                throw UploadErrors.InvalidPart(part.Number, "no such part is stored");
            if (!string.Equals(row.ETag, part.ETag, StringComparison.OrdinalIgnoreCase))
                throw UploadErrors.InvalidPart(part.Number, $"its ETag is {row.ETag}, not {part.ETag}");
            if (part.Checksum is not null && part.Checksum != row.Checksum)
                throw UploadErrors.InvalidPart(
                    part.Number, $"its checksum is {row.Checksum ?? "not kept"}, not {part.Checksum}");
            chosen.Add(row);
        }

        foreach (var row in chosen.SkipLast(1).Where(row => row.Size < sizeMin))
        {
            throw UploadErrors.EntityTooSmall(row.Number, row.Size, sizeMin);
        }

        return chosen;
    }

    /// <summary>Hex MD5 of the parts' MD5s, <c>-</c> and their number.</summary>
    /// <param name="parts">Hex MD5s.</param>
    public static string ETag(IReadOnlyCollection<string> parts)
    {
        var joined = parts.SelectMany(Convert.FromHexString).ToArray();
#pragma warning disable CA5351 // S3 defines the ETag as MD5
        var md5 = Convert.ToHexStringLower(MD5.HashData(joined));
#pragma warning restore CA5351
        return string.Create(CultureInfo.InvariantCulture, $"{md5}-{parts.Count}");
    }

    /// <summary>The object's checksum of the upload's kind, or null when it has none.</summary>
    /// <param name="stated">What the sender says it is, or null.</param>
    public static ObjectChecksum? Checksum(
        ObjectKey key, UploadChecksum? kind, IReadOnlyList<PartRow> parts, string? stated)
    {
        if (kind is null)
        {
            return stated is null
                ? null
                : throw UploadErrors.ChecksumKind("a checksum is stated for an upload that was begun without one");
        }

        var values = parts.Select(part => Convert.FromBase64String(part.Checksum!)).ToList();
        var value = kind.IsComposite
            ? PartsChecksum.Composite(kind.Algorithm, values)
            : PartsChecksum.WholeObject(kind.Algorithm, [.. values.Zip(parts, (bytes, part) => (bytes, part.Size))]);

        // A composite one may be stated without the number of parts.
        if (stated is not null && stated != value && (!kind.IsComposite || stated != value.Split('-')[0]))
            throw UploadErrors.ObjectChecksum(key, stated, value);
        return new ObjectChecksum(kind.Algorithm, value, kind.IsComposite);
    }
}
