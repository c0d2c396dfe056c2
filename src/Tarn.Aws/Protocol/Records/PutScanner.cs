namespace Tarn.Aws.Protocol.Records;

/// <summary>
/// Reads a put of many records in the form that clients write in practice: each member once, all of each record's.
/// Anything else, wrong or just unusual, makes it give up, and a JSON reader reads the body from its beginning: only
/// that one says what is wrong.
/// </summary>
internal static class PutScanner
{
    /// <summary>False: the put is as it was, and the body may be anything.</summary>
    public static bool TryRead<TPut>(TPut put, ReadOnlyMemory<byte> body)
        where TPut : class, IScannedPut
    {
        var scanner = new JsonScanner(body);
        if (TryReadBody(put, ref scanner))
        {
            return true;
        }

        put.Clear();
        return false;
    }

    private static bool TryReadBody<TPut>(TPut put, ref JsonScanner scanner)
        where TPut : class, IScannedPut
    {
        if (!scanner.TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            var isTaken = scanner.TryTakeName("Records"u8)
                ? put.Count == 0 && TryReadRecords(put, ref scanner)
                : put.TryTakeMember(ref scanner);
            if (!isTaken)
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));

        return scanner.TryTake((byte)'}') && scanner.IsAtEnd() && put.Count > 0;
    }

    private static bool TryReadRecords<TPut>(TPut put, ref JsonScanner scanner)
        where TPut : class, IScannedPut
    {
        if (!scanner.TryTake((byte)'['))
        {
            return false;
        }

        do
        {
            if (!scanner.TryTake((byte)'{') || !put.TryTakeRecord(ref scanner) || !scanner.TryTake((byte)'}'))
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));

        return scanner.TryTake((byte)']');
    }
}
