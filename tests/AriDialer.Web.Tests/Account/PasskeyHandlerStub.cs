using AriDialer.Web.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AriDialer.Web.Tests.Account;

/// <summary>Takes every passkey, as if a device had made it: the credential's text is its id.</summary>
internal sealed class PasskeyHandlerStub : IPasskeyHandler<AppUser>
{
    public static UserPasskeyInfo Passkey(string id, string? name = null) =>
        new([.. id.Select(letter => (byte)letter)], [1], TimeProvider.System.GetUtcNow(), 0, [], true, false, false, [], []) { Name = name };

    /// <summary>Gives a person a passkey.</summary>
    public static async Task GiveAsync(IServiceProvider services, string userId, string id, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        Assert.True((await users.AddOrUpdatePasskeyAsync((await users.FindByIdAsync(userId))!, Passkey(id, name))).Succeeded);
    }

    public Task<PasskeyCreationOptionsResult> MakeCreationOptionsAsync(PasskeyUserEntity userEntity, HttpContext httpContext) =>
        Task.FromResult(new PasskeyCreationOptionsResult { CreationOptionsJson = "{}", AttestationState = userEntity.Id });

    public Task<PasskeyRequestOptionsResult> MakeRequestOptionsAsync(AppUser? user, HttpContext httpContext) =>
        Task.FromResult(new PasskeyRequestOptionsResult { RequestOptionsJson = "{}", AssertionState = "any" });

    public Task<PasskeyAttestationResult> PerformAttestationAsync(PasskeyAttestationContext context) => Task.FromResult(PasskeyAttestationResult.Success(
        Passkey(context.CredentialJson), new PasskeyUserEntity { Id = context.AttestationState!, Name = "", DisplayName = "" }));

    public Task<PasskeyAssertionResult<AppUser>> PerformAssertionAsync(PasskeyAssertionContext context) =>
        Task.FromResult(PasskeyAssertionResult.Fail<AppUser>(new PasskeyException("Not known.")));
}
