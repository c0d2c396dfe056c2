namespace Tarn.Delivery.Jq;

/// <summary>What one query may still spend on one record.</summary>
internal sealed class JqRun
{
    /// <summary>Nodes evaluated, about; a query over an ordinary record takes some dozens.</summary>
    public const int StepsMax = 200_000;

    /// <summary>Characters of text and members of arrays and objects made.</summary>
    public const int SizeMax = 4 << 20;

    private int _steps;
    private long _size;

    public void Step()
    {
        if (++_steps > StepsMax)
        {
            throw new JqLimitFault($"query takes more than {StepsMax} steps");
        }
    }

    /// <summary>Counts what is about to be made.</summary>
    public void Grow(long size)
    {
        _size += size;
        if (_size > SizeMax)
        {
            throw new JqLimitFault($"query makes more than {SizeMax} characters and members");
        }
    }
}
