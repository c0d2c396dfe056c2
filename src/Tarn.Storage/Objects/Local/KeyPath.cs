using System.Globalization;
using System.Text;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// The file of a key, relative to its bucket's folder: the key itself, segment by segment, except where a file system
/// has no such name. An exception begins with <c>%~</c> and a letter, so nothing else is ever escaped:
/// <code>
/// %~eTEXT      segment that is empty, '.', '..', holds control characters, or begins with '%~'
/// %~dTEXT      folder whose plain name is taken by an object (keys 'a' and 'a/b')
/// %~fTEXT      object whose plain name is taken by a folder
/// %~k/HEX/HEX= whole key in hex, for a segment over 255 bytes or a path over 2,048
/// </code>
/// TEXT has control characters and <c>%</c> as %XX of their UTF-8 bytes. Which of the forms d, f and plain a key got
/// depends on what was there first, so the index keeps the path; back from path to key it is a function (<see
/// cref="Decode"/>).
/// </summary>
internal static class KeyPath
{
    private const string Mark = "%~";
    private const string WholeKeyFolder = "%~k";
    private const int NameBytesMax = 255;
    private const int PathBytesMax = 2048;
    private const int HexPieceLength = 240;

    /// <summary>The path of a key that meets no other.</summary>
    public static string Plain(string key) => Choose(key, _ => false, _ => false);

    /// <summary>A path for a new key that collides with nothing there.</summary>
    /// <param name="isObject">Whether an object, existing or on its way, holds this relative path.</param>
    /// <param name="isFolder">Whether a folder holds this relative path.</param>
    public static string Choose(string key, Func<string, bool> isObject, Func<string, bool> isFolder)
    {
        var path = new StringBuilder(key.Length + 8);
        var segments = key.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var isLeaf = i == segments.Length - 1;
            var start = path.Length;
            path.Append(PlainSegment(segments[i]));
            var isTaken = isLeaf ? isFolder(path.ToString()) : isObject(path.ToString());
            if (isTaken)
            {
                path.Length = start;
                path.Append(Mark).Append(isLeaf ? 'f' : 'd').Append(Escape(segments[i]));
            }

            if (ObjectKeyRules.StrictUtf8.GetByteCount(path.ToString(start, path.Length - start)) > NameBytesMax)
            {
                return WholeKey(key);
            }

            if (!isLeaf)
            {
                path.Append('/');
            }
        }

        var chosen = path.ToString();
        return ObjectKeyRules.StrictUtf8.GetByteCount(chosen) <= PathBytesMax ? chosen : WholeKey(key);
    }

    /// <summary>The key of a path, or null when no key is ever stored there.</summary>
    public static string? Decode(string path)
    {
        try
        {
            return path.StartsWith(WholeKeyFolder + "/", StringComparison.Ordinal)
                ? DecodeWholeKey(path[(WholeKeyFolder.Length + 1)..])
                : string.Join('/', path.Split('/').Select(DecodeSegment));
        }
        catch (Exception notAPath) when (notAPath is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static string PlainSegment(string segment)
    {
        var isName = segment is not ("" or "." or "..")
            && !segment.StartsWith(Mark, StringComparison.Ordinal)
            && !segment.Any(char.IsControl);
        return isName ? segment : Mark + "e" + Escape(segment);
    }

    private static string Escape(string segment)
    {
        var text = new StringBuilder(segment.Length);
        foreach (var c in segment)
        {
            if (c != '%' && !char.IsControl(c))
            {
                text.Append(c);
                continue;
            }

            foreach (var b in Encoding.UTF8.GetBytes([c]))
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }

    private static string DecodeSegment(string name)
    {
        if (!name.StartsWith(Mark, StringComparison.Ordinal))
            return name;
        if (name.Length < 3 || name[2] is not ('e' or 'd' or 'f'))
            throw new FormatException(name);
        var bytes = new List<byte>(name.Length);
        for (var i = 3; i < name.Length; i++)
        {
            if (name[i] == '%')
            {
                bytes.Add(i + 2 < name.Length
                    ? byte.Parse(name.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : throw new FormatException(name));
                i += 2;
            }
            else
            {
                var length = char.IsHighSurrogate(name[i]) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(name.Substring(i, Math.Min(length, name.Length - i))));
                i += length - 1;
            }
        }

        return ObjectKeyRules.StrictUtf8.GetString(bytes.ToArray());
    }

    private static string WholeKey(string key)
    {
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(key));
        var pieces = hex.Chunk(HexPieceLength).Select(piece => new string(piece));
        return $"{WholeKeyFolder}/{string.Join('/', pieces)}=";
    }

    private static string DecodeWholeKey(string pieces) => pieces.EndsWith('=')
        ? ObjectKeyRules.StrictUtf8.GetString(
            Convert.FromHexString(pieces[..^1].Replace("/", "", StringComparison.Ordinal)))
        : throw new FormatException(pieces);
}
