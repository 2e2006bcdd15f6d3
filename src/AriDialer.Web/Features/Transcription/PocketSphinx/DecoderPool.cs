using Microsoft.Extensions.Options;

namespace AriDialer.Web.Features.Transcription.PocketSphinx;

/// <summary>
/// Decoders to be used one after another, for each holds a model: as many as the settings allow, loaded when they are first needed,
/// and let go when none was needed for a while.
/// </summary>
internal sealed class DecoderPool : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly PocketSphinxModel _model;
    private readonly SemaphoreSlim _places;
    private readonly ITimer _letGo;
    private readonly Lock _lock = new();
    private readonly Stack<PocketSphinxDecoder> _idle = [];
    private bool _isDisposed;

    public DecoderPool(PocketSphinxInstallation installation, IOptions<TranscriptionEngineOptions> options, TimeProvider time)
    {
        _model = installation.Model;
        _places = new SemaphoreSlim(options.Value.Decoders);
        _letGo = time.CreateTimer(_ => LetGo(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many could be rented at once, without waiting.</summary>
    public int Free => _places.CurrentCount;

    /// <summary>How many are loaded and wait.</summary>
    public int Loaded
    {
        get
        {
            lock (_lock)
                return _idle.Count;
        }
    }

    /// <summary>Waits until one is free. Disposing what it gives gives that back.</summary>
    public async Task<Rented> RentAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return new Rented(this, await TakeAsync(), _places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>The same without waiting, besides as many as are allowed: whoever does it counts these.</summary>
    public async Task<Rented> RentBesidesAsync() => new(this, await TakeAsync(), place: null);

    public void Dispose()
    {
        lock (_lock)
            _isDisposed = true;
        _letGo.Dispose();
        LetGo();
    }

    private async Task<PocketSphinxDecoder> TakeAsync() =>
        Take() ?? await WorkThread.RunAsync("PocketSphinx loading", () => PocketSphinxDecoder.Load(_model));

    private PocketSphinxDecoder? Take()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _idle.TryPop(out var decoder) ? decoder : null;
        }
    }

    private void Return(PocketSphinxDecoder decoder)
    {
        lock (_lock)
        {
            if (decoder.IsUsable && !_isDisposed)
            {
                _idle.Push(decoder);
                _letGo.Change(Idle, Timeout.InfiniteTimeSpan);
            }
            else
            {
                decoder.Dispose();
            }
        }
    }

    private void LetGo()
    {
        lock (_lock)
        {
            while (_idle.TryPop(out var decoder))
                decoder.Dispose();
        }

        NativeHeap.GiveBack();
    }

    /// <summary>A decoder that nobody else uses meanwhile.</summary>
    internal sealed class Rented(DecoderPool pool, PocketSphinxDecoder decoder, SemaphoreSlim? place) : IDisposable
    {
        private PocketSphinxDecoder? _decoder = decoder;

        public PocketSphinxDecoder Decoder => _decoder ?? throw new ObjectDisposedException(nameof(Rented));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _decoder, null) is not { } used)
                return;

            pool.Return(used);
            place?.Release();
        }
    }
}
