using AriDialer.Web.Data;
using AriDialer.Web.Features.Account;
using AriDialer.Web.Features.Health;
using AriDialer.Web.Features.Security;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddData();
builder.Services.AddSecurity();
builder.Services.AddAccount();
builder.Services.AddHealth();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Features");

var app = builder.Build();
await app.Services.MigrateAsync();

app.UseSecurity();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseRateLimiter();
app.UseAuthorization();
app.MapAccount();
app.MapHealth();
app.MapRazorPages();
app.Run();
