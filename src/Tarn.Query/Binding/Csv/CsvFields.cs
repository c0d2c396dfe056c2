namespace Tarn.Query.Binding.Csv;

/// <summary>
/// Takes a line apart as opencsv does. Inside quotes the separator is text, a doubled quote is one quote, and the
/// escape character takes a quote or itself as text; before anything else it vanishes. A quote in the middle of a field
/// begins or ends quoting and stays as text. One thread's.
/// </summary>
internal sealed class CsvFields(OpenCsvFormat format)
{
    private byte[] _text = new byte[1024];
    private int[] _ends = new int[64];
    private int _length;

    public int Count { get; private set; }

    /// <summary>A field of the last line.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : _ends[index - 1];
            return _text.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>False when a quote that was opened is not closed.</summary>
    /// <param name="countMax">Fields that are needed; what follows is not looked at.</param>
    public bool TryRead(ReadOnlySpan<byte> line, int countMax)
    {
        (_length, Count) = (0, 0);
        if (_text.Length < line.Length)
        {
            _text = new byte[line.Length * 2];
        }

        if (_ends.Length < countMax)
        {
            _ends = new int[countMax];
        }

        var isQuoted = false;
        var isInField = false;
        for (var at = 0; at < line.Length; at++)
        {
            var letter = line[at];
            if (letter == format.Separator && !isQuoted)
            {
                if (EndField(countMax))
                {
                    return true;
                }

                isInField = false;
            }
            else if (letter == format.Escape)
            {
                at += TakeEscaped(line, at, isQuoted || isInField);
            }
            else if (letter == format.Quote)
            {
                if ((isQuoted || isInField) && at + 1 < line.Length && line[at + 1] == format.Quote)
                {
                    _text[_length++] = line[++at];
                }
                else
                {
                    TakeQuote(line, at);
                    isQuoted = !isQuoted;
                }

                isInField = !isInField;
            }
            else
            {
                _text[_length++] = letter;
                isInField = true;
            }
        }

        EndField(countMax);
        return !isQuoted;
    }

    private int TakeEscaped(ReadOnlySpan<byte> line, int at, bool isInside)
    {
        if (!isInside || at + 1 == line.Length || (line[at + 1] != format.Quote && line[at + 1] != format.Escape))
        {
            return 0;
        }

        _text[_length++] = line[at + 1];
        return 1;
    }

    /// <summary>A quote that stands neither at the beginning nor at the end of a field is text, too.</summary>
    private void TakeQuote(ReadOnlySpan<byte> line, int at)
    {
        const int FirstPlaceInside = 3;
        if (at < FirstPlaceInside || line[at - 1] == format.Separator
            || at + 1 >= line.Length || line[at + 1] == format.Separator)
        {
            return;
        }

        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (_length > start && _text.AsSpan(start, _length - start).Trim(" \t"u8).IsEmpty)
        {
            _length = start;
        }
        else
        {
            _text[_length++] = line[at];
        }
    }

    private bool EndField(int countMax)
    {
        if (Count < countMax)
        {
            _ends[Count++] = _length;
        }

        return Count == countMax;
    }
}
