namespace AriDialer.Web.Features.Recording.Storage;

/// <summary>A part of a file on the disk.</summary>
internal sealed class FilePart : ForwardStream
{
    private readonly FileStream _file;
    private long _left;

    public FilePart(FileStream file, long offset, long length)
    {
        _file = file;
        _file.Position = offset;
        _left = length;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
