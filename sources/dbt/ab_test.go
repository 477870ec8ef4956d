package dbt
import ("testing";"bytes";"context";"time";"os";"runtime")
func TestAB(t *testing.T){
 if os.Getenv("AB")=="" {t.Skip()}
 runtime.LockOSThread()
 d,err:=os.ReadFile("/tmp/big.json")
 if err!=nil { d=bigManifest(); os.WriteFile("/tmp/big.json",d,0o644)}
 best:=time.Hour
 for range 60 { s:=time.Now(); if _,err:=ReadManifest(context.Background(),bytes.NewReader(d),0,"x",Options{});err!=nil{t.Fatal(err)}; if e:=time.Since(s);e<best{best=e}}
 t.Logf("BEST %v  %.0f MB/s",best,float64(len(d))/1e6/best.Seconds())
}
